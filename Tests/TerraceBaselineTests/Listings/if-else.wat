;; A conditional with a result: both arms leave it in rax.
(module
  (func (param i32 i32) (result i32)
    local.get 0
    if (result i32)
      local.get 1
    else
      i32.const -1
    end))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 21 00 00 00               jb +0x38
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   if
;;     | 0020  45 85 d2                        test r10d, r10d
;;     | 0023  0f 84 08 00 00 00               je +0x31
;;     local.get 1
;;   else
;;     | 0029  44 89 c8                        mov eax, r9d
;;     | 002c  e9 05 00 00 00                  jmp +0x36
;;     i32.const -1
;;   end
;;     | 0031  b8 ff ff ff ff                  mov eax, 0xffffffff
;;   end
;;     | 0036  c9                              leave
;;     | 0037  c3                              ret
;;   behind the function
;;     | 0038  0f 0b                           ud2
