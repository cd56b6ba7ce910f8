;; A br_table of up to three cases is a chain of comparisons.
(module
  (func (param i32) (result i32)
    block
      block
        local.get 0
        br_table 0 1 0
      end
      i32.const 1
      return
    end
    i32.const 2))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 2d 00 00 00               jb +0x44
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   block
;;     block
;;       local.get 0
;;       br_table 0 1 0
;;     | 001d  41 83 fa 00                     cmp r10d, 0
;;     | 0021  0f 84 0f 00 00 00               je +0x36
;;     | 0027  41 83 fa 01                     cmp r10d, 1
;;     | 002b  0f 84 0c 00 00 00               je +0x3d
;;     | 0031  e9 00 00 00 00                  jmp +0x36
;;     end
;;     i32.const 1
;;     return
;;     | 0036  b8 01 00 00 00                  mov eax, 1
;;     | 003b  c9                              leave
;;     | 003c  c3                              ret
;;   end
;;   i32.const 2
;;   end
;;     | 003d  b8 02 00 00 00                  mov eax, 2
;;     | 0042  c9                              leave
;;     | 0043  c3                              ret
;;   behind the function
;;     | 0044  0f 0b                           ud2
