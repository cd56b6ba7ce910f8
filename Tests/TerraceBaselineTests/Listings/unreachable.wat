;; Code behind unreachable, br or return is read, not compiled.
(module
  (func (param i32) (result i32)
    local.get 0
    if
      unreachable
      i32.const 1
      i32.const 2
      i32.div_s
      return
    end
    i32.const 3))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 18 00 00 00               jb +0x2f
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   if
;;     | 001d  45 85 d2                        test r10d, r10d
;;     | 0020  0f 84 02 00 00 00               je +0x28
;;     unreachable
;;     | 0026  0f 0b                           ud2
;;     i32.const 1
;;     i32.const 2
;;     i32.div_s
;;     return
;;   end
;;   i32.const 3
;;   end
;;     | 0028  b8 03 00 00 00                  mov eax, 3
;;     | 002d  c9                              leave
;;     | 002e  c3                              ret
;;   behind the function
;;     | 002f  0f 0b                           ud2
