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
;;     | 0006  4c 8d 9c 24 e8 ff ff ff         lea r11, [rsp - 24]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 20 00 00 00               jb 0x37
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;     | 001d  49 89 f4                        mov r12, rsi
;;   local.get 0
;;   if
;;     | 0020  85 db                           test ebx, ebx
;;     | 0022  0f 84 08 00 00 00               je 0x30
;;     local.get 1
;;   else
;;     | 0028  44 89 e0                        mov eax, r12d
;;     | 002b  e9 05 00 00 00                  jmp 0x35
;;     i32.const -1
;;   end
;;     | 0030  b8 ff ff ff ff                  mov eax, 4294967295
;;   end
;;     | 0035  c9                              leave
;;     | 0036  c3                              ret
;;   behind the function
;;     | 0037  0f 0b                           ud2
